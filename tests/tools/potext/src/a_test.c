const char *x = "测试";
