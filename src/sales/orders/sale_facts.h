/* Sales as facts: the statements by which facts/ reads the lines of living sales. */
#ifndef SALES_ORDERS_SALE_FACTS_H
#define SALES_ORDERS_SALE_FACTS_H

#include "facts/facts.h"

/* Everything but `held` and `held_sales`, which belong to whoever imports. */
FactsSource sale_facts(void);

#endif
