/* A date as it was written, before anybody decides what is day and what is month; between the files of dates. */
#ifndef FORMAT_DATES_WRITTEN_H
#define FORMAT_DATES_WRITTEN_H

#include "core/str.h"

typedef struct {
    int  part[3], digits[3];
    char sign;               /* between the parts; 'w': the parts are already year, month, day; '8': eight digits in
                                part[0] */
} Written;

/* False when the cell, all of it, is no date with or without a time. */
bool written_of(Str cell, Written *w);

#endif
