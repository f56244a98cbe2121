/* Sales as facts. */
#include "sales/orders/sale_facts.h"

#include "sales/orders/sale_facts_sql.h"

FactsSource sale_facts(void)
{
    return (FactsSource){
        .entity = "sale", .all = SQL_SALE_FACTS_ALL, .some = SQL_SALE_FACTS_SOME, .sums = SQL_SALE_FACTS_SUMS
    };
}
