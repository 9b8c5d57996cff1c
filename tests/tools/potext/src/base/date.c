const char *x = "日";
