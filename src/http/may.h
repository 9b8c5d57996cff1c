/* What a user may do.  Which role may what is data: data/roles.json.  0 is not a permission. */
#ifndef NUAN_MAY_H
#define NUAN_MAY_H

#define MAYS(X) \
    X(MAY_PUBLIC,     "public")         /* everyone, signed in or not */ \
    X(MAY_LINK,       "link")           /* whoever has a one-time link; the route's scope finds it */ \
    X(MAY_LOGIN,      "login")          /* everyone who is signed in */ \
    X(NETWORK_READ,   "network.read") \
    X(NETWORK_WRITE,  "network.write") \
    X(STAFF_READ,     "staff.read") \
    X(STAFF_WRITE,    "staff.write") \
    X(PEOPLE_READ,    "people.read") \
    X(PEOPLE_WRITE,   "people.write") \
    X(PEOPLE_IMPORT,  "people.import") \
    X(PEOPLE_MERGE,   "people.merge")   /* two registrations of one person or household become one */ \
    X(CASE_READ,      "case.read") \
    X(CASE_WRITE,     "case.write") \
    X(CASE_SUPERVISE, "case.supervise") /* comment and approve forms */ \
    X(CASE_ASSIGN,    "case.assign")    /* hand over, reassign, approve */ \
    X(GROUP_READ,     "group.read") \
    X(GROUP_WRITE,    "group.write") \
    X(GROUP_COUNT,    "group.count")    /* how many groups, members and sessions; no names */ \
    X(REFERRAL_READ,  "referral.read")  /* a clerk: the own ones, status and feedback only */ \
    X(REFERRAL_WRITE, "referral.write") \
    X(REFERRAL_WATCH, "referral.watch") /* which referrals of the units below are overdue */ \
    X(DISCLOSURE_READ, "disclosure.read") \
    X(DISCLOSURE_WRITE, "disclosure.write") \
    X(EVENT_WRITE,    "event.write")    /* report a discovery, and see that it was taken up */ \
    X(REPORT_READ,    "report.read")    /* mandatory reports on which one is named */ \
    X(REPORT_WRITE,   "report.write")   /* deal with discoveries, file reports */ \
    X(REPORT_APPROVE, "report.approve") /* that something is not reported; the head reads all reports of the station */ \
    X(FIGURES_READ,   "figures.read") \
    X(RULES_READ,     "rules.read")     /* lamps of units */ \
    X(RULES_WRITE,    "rules.write")    /* change a rule of the place */ \
    X(FACTS_WRITE,    "facts.write")    /* enter figures that no part counts */ \
    X(LEDGER_READ,    "ledger.read")    /* trainings, filings, documents … of the units below */ \
    X(LEDGER_WRITE,   "ledger.write")   /* the open ones of the unit, and what is about oneself; the rest needs staff.write */ \
    X(LIST_READ,      "list.read")      /* lists of needs, resources, services, projects … of the units below */ \
    X(LIST_WRITE,     "list.write")     /* draft them, and say how far their lines are */ \
    X(LIST_PUBLISH,   "list.publish")   /* put a draft in force */ \
    X(COMMUNITY_READ, "community.read") /* projects of community work of the units below */ \
    X(COMMUNITY_WRITE, "community.write") \
    X(COMMUNITY_APPROVE, "community.approve") /* plans, decisions, suspending and closing */ \
    X(PAPER_SETUP,    "paper.setup")    /* heading and place of the seal on the papers of a unit */ \
    X(ACCESS_ASK,     "access.ask")     /* ask the head for a file that need-to-know shuts */ \
    X(ACCESS_BREAK,   "access.break")   /* open it at once in an emergency; the head is told and reviews it */ \
    X(ACCESS_APPROVE, "access.approve") /* decide on that, review it, and approve who may open minors' files */ \
    X(USERS_ADMIN,    "users.admin") \
    X(SETTINGS_ADMIN, "settings.admin")
#define MAY_ENUM(name, text) name,
enum may { MAY_NOTHING, MAYS(MAY_ENUM) MAY_COUNT };
#undef MAY_ENUM
#endif
