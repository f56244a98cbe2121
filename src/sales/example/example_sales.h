/* The sales of the example firm, made when its people, goods and clients are there. */
#ifndef SALES_EXAMPLE_EXAMPLE_SALES_H
#define SALES_EXAMPLE_EXAMPLE_SALES_H

#include "sales/example/example.h"
#include "sales/example/example_dice.h"

/* Fills firm->line with EXAMPLE_LINES lines by document, and counts firm->documents. */
void example_sales(ExampleFirm *firm, Dice *d, Arena scratch);

#endif
