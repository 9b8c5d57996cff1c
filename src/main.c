/* Knows all parts of nuan; nothing knows main. */
#include "app.h"
#include "cli/serve.h"

int
main(int argc, char **argv)
{
    serve_with(app_modules, app_modules_n, &app_hooks);
    return cli_main(argc, argv, app_commands, app_commands_n);
}
