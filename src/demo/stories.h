/* Stories that the demo's cases tell. */
#ifndef NUAN_DEMO_STORIES_H
#define NUAN_DEMO_STORIES_H

struct story {
    const char *category;               /* of the client, as LIKE pattern */
    int age_from, age_to;
    const char *source, *urgency, *risk, *flags, *service, *codes, *need;
    const char *problem, *strengths, *expectation;
    const char *physical, *psychological, *social, *micro, *meso, *macro, *view, *analysis, *barriers;
    const char *needs[2], *resources[2];
    const char *purpose, *goals[2], *indicators[2], *strategies, *steps[3];
    const char *records[4];
    const char *change, *review;
};
extern const struct story stories[];
extern const unsigned stories_n;
#endif
