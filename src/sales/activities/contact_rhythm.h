/* Contacts by rhythm: clients of class A each 14 days, as the firm's rows say.
 *
 * A client that has been spoken with and has nothing planned gets an open contact when its days are over: due on the
 * last of them, or on the next working day, for its keeper, with whom one spoke last.  Where two rhythms are about a
 * client the shorter one counts.  Whom nobody has ever spoken with is no matter of rhythm: such clients stand in the
 * list of those without a next contact. */
#ifndef SALES_ACTIVITIES_CONTACT_RHYTHM_H
#define SALES_ACTIVITIES_CONTACT_RHYTHM_H

#include "entity/entity.h"
#include "work/jobs.h"

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/activities/contact_rhythm.def"
} ContactRhythm;

extern const Entity contact_rhythm_entity;

/* Kind of job, a round: contacts whose time has come are made, each once. */
Err contact_rhythms_run(Work *w, Job *job);

#endif
