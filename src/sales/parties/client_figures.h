/* What is counted of a client, as columns of lists.  Used by parties/ only. */
#ifndef SALES_PARTIES_CLIENT_FIGURES_H
#define SALES_PARTIES_CLIENT_FIGURES_H

#include "entity/figure.h"

extern const Figure client_figures[];

#endif
