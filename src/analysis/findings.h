/* What the base says: each finding a sentence with its figures, a deed, and what the deed could bring or save in a
 * year.
 *
 * A price is never what is at stake.  It is what today's clients bring in a year times what became, within a year, of
 * the money of clients who stood the same way a year ago: of the lost how much came back, of those overdue how much
 * left.  So it is bounded by what the clients of the finding ever brought in a year, and it comes from the firm's own
 * past; where that is too little there is no price, and it is said why.
 *
 *     worth = base x turned / before, rounded once
 *
 * One large client is no measure for the others.  Of whom at least FINDINGS_LEAST stand behind a part, and who brings
 * the share of it from which the firm would be said to depend on him, stands apart: of today's he is a finding of his
 * own, of those of a year ago he is left out of the price.
 *
 * Losses, risks and chances are three things and are never summed.  A client is in one finding: whoever is one by
 * itself (the largest one, or the only one of whom something holds) has a finding of its own, in which all that holds
 * is said, and is in no other. A finding that does not hold is not there. */
#ifndef ANALYSIS_FINDINGS_H
#define ANALYSIS_FINDINGS_H

#include "analysis/changes.h"
#include "analysis/past.h"
#include "core/problem.h"

typedef enum {
    FINDING_LOSS,    /* served below cost                                                                       */
    FINDING_FALLING, /* buy less than they used to                                                              */
    FINDING_ONE,     /* the firm depends on one client                                                          */
    FINDING_TEN,     /* the firm depends on its ten largest                                                     */
    FINDING_LATE,    /* of class A or B, silent for over two of their rhythms                                   */
    FINDING_LOST,    /* bought more than once and are lost                                                      */
    FINDING_ONCE,    /* bought once and have not come again                                                     */
    FINDING_UNEVEN,  /* of class A and Z                                                                        */
    FINDING_FELL,    /* from here on nothing has a price: what there is to know                                 */
    FINDING_YEAR_UP,
    FINDING_YEAR_DOWN,
    FINDING_PARETO,
    FINDING_ALL_ALIKE,
    FINDING_MIDDLE_IS_THIN,
    FINDING_TAIL_IS_LONG,
    FINDING_NAMES
} FindingName;

typedef enum { KIND_LOSS, KIND_RISK, KIND_CHANCE, KIND_NOTE, FINDING_KINDS } FindingKind;

typedef enum {
    PRICED,
    PRICE_KNOWN,    /* no past is needed: the loss is a loss                       */
    PRICE_NO_PAST,  /* the base is too young                                       */
    PRICE_FEW,      /* fewer than FINDINGS_LEAST stood the same way                */
    PRICE_NOTHING,  /* nobody turned: the past promises nothing                    */
    PRICE_NONE,     /* a note                                                      */
} Pricing;

/* Who stands behind a part of the price. */
typedef enum {
    BEHIND_NOW,    /* today's clients of the finding: `clients` and `base`                                         */
    BEHIND_THEN,   /* those who stood the same way a year ago: `of` and `before`                                   */
    BEHIND_TURNED, /* those of them who came back, or left: `turners` and `turned`                                  */
    FINDING_PARTS
} FindingPart;

enum { FINDINGS_MAX = 24, FINDINGS_LEAST = 5, CLAIMS_MAX = 3, CLAIM_ARGS = 17 };

/* One thing that holds of a finding's clients. */
typedef struct {
    FindingName name;
    Pricing     pricing;
    Money       worth;           /* a year; 0 without a price                                                    */
    int64_t     clients, of, turners;
    Money       base, before, turned;
    Ratio       share, clients_share;
    Money       money, rest;     /* of the period                                                                */
    Month       month;
    ptrdiff_t   first;           /* the client with the most, -1: nobody                                         */
    Money       first_money;
} FindingClaim;

typedef struct {
    ptrdiff_t    client; /* place of the only one it is about; -1: it is about many                             */
    FindingClaim claim[CLAIMS_MAX];
    int          claims;
} Finding;

typedef struct {
    Finding  at[FINDINGS_MAX]; /* by kind, within a kind by worth                                                */
    int      count;
    Past     past;
    FindingClaim of_name[FINDING_NAMES]; /* of each group, without those who stand apart from it            */
    const Report *report;
    const Money  *margin;      /* as it was asked                                                                */
    uint8_t      *now, *then;  /* [clients] FindingName, FINDING_NAMES: none                                     */
    ptrdiff_t     one;         /* the client the firm depends on; -1: nobody                                     */
    ptrdiff_t     apart[FINDING_NAMES][FINDING_PARTS]; /* who by himself is too much of a part; -1: nobody       */
} Findings;

typedef struct {
    const Report  *report;
    const Changes *changes;     /* of the same report                                                            */
    bool           whole;       /* the whole firm is counted: on whom it depends can be told                     */
    const Money   *margin;      /* [clients] of the period; null: costs are not known                            */
    const Money   *covered;     /* [clients] the revenue whose cost is known                                     */
} FindingsOf;

/* Fills *out, which points into mem. */
void findings_find(FindingsOf of, Arena *mem, Arena scratch, Findings *out);

/* What is found of one client, priced for it alone; false: nothing. */
bool findings_of_client(const Findings *f, ptrdiff_t client, Finding *out);

/* Is the client behind a part of a finding's price, and with what?  The amounts of all that are come to the part. */
bool finding_member(const Findings *f, FindingName name, FindingPart part, ptrdiff_t client, Money *amount);

/* "loss" … of a kind, "now" … of a part; what a finding is called in an answer ("lost") and in words/
 * ("finding.lost"). */
extern const char *const finding_kinds[FINDING_KINDS], *const finding_parts[FINDING_PARTS];
extern const char *const finding_keys[FINDING_NAMES];
const char *finding_name(FindingName name);
FindingKind finding_kind(FindingName name);

/* ---- in words ----
 *
 * finding.NAME says it of many, finding.NAME.one of one client, finding.NAME.verb what to do, finding.NAME.past how the
 * price came about. */

/* The names of the clients that a sentence tells. */
typedef struct {
    Str client, first;
} FindingPeople;

/* What a price is said with: finding.worth.KIND, or why there is none; null: a note. */
const char *finding_price_key(const FindingClaim *c);

/* Fills out[] with what the sentences name in braces and returns how many. */
int finding_args(const Findings *f, const FindingClaim *c, FindingPeople who, Arg out[CLAIM_ARGS]);

#endif
