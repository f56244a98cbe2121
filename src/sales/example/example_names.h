/* The word lists from which the example firm is put together. */
#ifndef SALES_EXAMPLE_EXAMPLE_NAMES_H
#define SALES_EXAMPLE_EXAMPLE_NAMES_H

#include "sales/example/example.h"

typedef struct {
    const char *name;
    const char *region;   /* first two digits of an ИНН     */
    const char *code;     /* telephone code of the town     */
    int         weight;   /* how many of a hundred clients  */
} ExampleCity;

typedef struct {
    const char *name, *unit; /* `%` stands for the variant */
    const char *variants[8];
    Money       price;       /* of the first variant       */
    int         step;        /* each further one costs so many percent more */
} ExampleRange;

extern const ExampleCity  example_cities[];
extern const int          example_city_count;
extern const char *const  example_streets[];
extern const int          example_street_count;
extern const char *const  example_heads[];  /* «Урал-», «Вектор», ... */
extern const int          example_head_count;
extern const char *const  example_tails[];  /* «строй», «монтаж», ... */
extern const int          example_tail_count;
extern const char *const  example_surnames[]; /* of men */
extern const int          example_surname_count;
extern const char *const  example_first_names[];
extern const int          example_first_name_count;
extern const char *const  example_patronymics[];
extern const int          example_patronymic_count;
extern const char *const  example_posts[];
extern const int          example_post_count;

/* Ranges of goods in the order of example_groups: [group][...] ends with a null name. */
extern const ExampleRange example_ranges[EXAMPLE_GROUPS][5];

#endif
