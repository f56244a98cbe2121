/* A finding in words: with which sentence its price is told, and what the sentences name. */
#include "analysis/findings.h"

const char *finding_price_key(const FindingClaim *c)
{
    static const char *const worth[FINDING_KINDS] = { "finding.worth.loss", "finding.worth.risk",
                                                      "finding.worth.chance" };
    static const char *const nothing[FINDING_KINDS] = { "finding.price.nothing_back", "finding.price.nobody_left",
                                                        "finding.price.nothing_gained" };
    switch (c->pricing) {
    case PRICED:
    case PRICE_KNOWN: return worth[finding_kind(c->name)];
    case PRICE_NO_PAST: return "finding.price.no_past";
    case PRICE_FEW: return "finding.price.few";
    case PRICE_NOTHING: return nothing[finding_kind(c->name)];
    case PRICE_NONE: break;
    }
    return NULL;
}

int finding_args(const Findings *f, const FindingClaim *c, FindingPeople who, Arg out[CLAIM_ARGS])
{
    const Arg args[] = {
        arg_text("client", who.client),
        arg_text("first", who.first),
        arg_about("first_money", c->first_money),
        arg_count("clients", c->clients),
        arg_about("base", c->base),
        arg_about("money", c->money),
        arg_share("share", c->share),
        arg_share("clients_share", c->clients_share),
        arg_about("rest", c->rest),
        arg_month("month", c->month),
        arg_count("of", c->of),
        arg_about("before", c->before),
        arg_count("turners", c->turners),
        arg_about("turned", c->turned),
        arg_about("worth", c->worth),
        arg_day("day", f->past.day),
        arg_count("least", FINDINGS_LEAST),
    };
    _Static_assert(COUNT(args) == CLAIM_ARGS, "as many as there is room for");
    for (int i = 0; i < CLAIM_ARGS; i++) out[i] = args[i];
    return CLAIM_ARGS;
}
