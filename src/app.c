#include "app.h"
#include "api/api.h"
#include "audit/audit.h"
#include "auth/module.h"
#include "auth/session.h"
#include "casework/casework.h"
#include "cli/serve.h"
#include "community/community.h"
#include "demo/demo.h"
#include "desk/desk.h"
#include "figures/figures.h"
#include "groupwork/group.h"
#include "inbox/inbox.h"
#include "ledger/ledger.h"
#include "lists/lists.h"
#include "network/network.h"
#include "operate/operate.h"
#include "page/find.h"
#include "page/page.h"
#include "paper/letterhead.h"
#include "page/typed.h"
#include "people/module.h"
#include "referral/referral.h"
#include "report/report.h"
#include "roster/module.h"
#include "rules/command.h"
#include "rules/module.h"
#include "search/module.h"
#include "staff/staff.h"
#include "standards/standards.h"

const struct module *const app_modules[] = {
    &auth_module,
    &network_module,
    &staff_module,
    &ledger_module,
    &lists_module,
    &community_module,
    &people_module,
    &search_module,
    &roster_module,
    &casework_module,
    &groupwork_module,
    &paper_module,
    &referral_module,
    &report_module,
    &inbox_module,
    &figures_module,
    &rules_module,
    &standards_module,
    &desk_module,
    &api_module,
};
const size_t app_modules_n = COUNT(app_modules);

const struct gate_hooks app_hooks = {
    .session = session_load, .found = find_open, .page = page_draw, .reads = audit_reads, .sessions = session_count,
    .sent = typed_sent, .done = typed_done, .lost = typed_lost, .again = typed_again,
};

const struct command *const app_commands[] = {
    serve_commands,
    spread_commands,
    network_commands,
    roster_commands,
    operate_commands,
    rules_commands,
    demo_commands,
};
const size_t app_commands_n = COUNT(app_commands);
