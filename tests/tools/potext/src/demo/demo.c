const char *x = "样";
