/* Names of columns, as people and programs write them, against lists of names. */
#ifndef SALES_READING_COLUMN_NAMES_H
#define SALES_READING_COLUMN_NAMES_H

#include "core/str.h"

/* What a column may be called.  The surer name stands first.  Cyrillic words of three letters or more are beginnings
 * (`контрагент` fits `контрагента`), shorter and Latin ones are whole.  A word of `unlike` beside the name takes it
 * back. */
typedef struct {
    const char *const *names, *const *unlike;
    int  names_count, unlike_count;
    bool is_money; /* `… ндс` is a tax, `… с ндс` is not */
} NameList;

#define NAMES(yes, no) { .names = yes, .unlike = no, .names_count = (int)COUNT(yes), .unlike_count = (int)COUNT(no) }

/* `UnitPrice, руб.` -> `unit price руб`: lower case, ё as е, single blanks; № and # are a word. */
Str column_words(Arena *mem, Str name);

/* How well a name (as column_words gives it) says this; 0: not at all, from 1000 on: nothing else. */
int name_score(Str words, const NameList *list);

#endif
