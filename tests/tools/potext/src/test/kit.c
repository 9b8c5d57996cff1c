const char *x = "例";
