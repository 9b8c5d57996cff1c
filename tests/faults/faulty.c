/* nuan with a bug in one handler: GET /test/assert. */
#include "app.h"
#include "cli/serve.h"

static enum http
bug(struct rq *rq)
{
    assert(rq == NULL);
    return HTTP_OK;
}

static const struct route faulty[] = { GET("/test/assert", MAY_PUBLIC, bug, .title = "bug") };
static const size_t faulty_n = COUNT(faulty);
static const struct route *const routes[] = { faulty };
static const size_t *const routes_n[] = { &faulty_n };
static const struct module faulty_module = { "faulty", routes, routes_n, 1 };

int
main(int argc, char **argv)
{
    const struct module *modules[64] = { &faulty_module };
    assert(app_modules_n < COUNT(modules));
    memcpy(modules + 1, app_modules, app_modules_n * sizeof *modules);
    serve_with(modules, app_modules_n + 1, &app_hooks);
    return cli_main(argc, argv, app_commands, app_commands_n);
}
