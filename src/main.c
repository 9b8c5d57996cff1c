/* Knows all parts of nuan; nothing knows main. */
#include "audit/audit.h"
#include "auth/module.h"
#include "cli/serve.h"
#include "page/page.h"
#include "auth/session.h"

static const struct module *const modules[] = { &auth_module };

static const struct gate_hooks hooks = { .session = session_load, .page = page_draw, .reads = audit_reads };

static const struct command *const commands[] = { serve_commands };

int
main(int argc, char **argv)
{
    static const struct serve_parts parts = { modules, COUNT(modules), &hooks };
    serve_with(&parts);
    return cli_main(argc, argv, commands, COUNT(commands));
}
