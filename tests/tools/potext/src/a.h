#define X T("头")
const char *y = "声明";
