/* What the program says to people, in their language: words/ru.txt and words/en.txt, part of the program.
 *
 * A line there is `key = text`, with arguments in braces:
 *
 *     finding.lost = {clients} {clients|client has|clients have} left, taking {money} a year along
 *
 *   {name}                          the argument, written as the language writes its kind
 *   {name|one|few|many}             the form that the number asks for (Russian three, English two: {name|one|many}; the
 *                                   last not empty)
 *   key.one key.few key.many        whole texts by number: asked for as `key`, chosen by the argument `n`; English has
 *                                   .one and .other
 *
 * A share is shown with one digit behind the point, or none when it is whole.  Money is 1 234 567,89 ₽ in Russian and
 * ₽1,234,567.89 in English, with narrow no-break spaces (U+202F); minus is U+2212. */
#ifndef CORE_WORDS_H
#define CORE_WORDS_H

#include "core/problem.h"

typedef enum { LANG_RU, LANG_EN, LANGS } Lang;

typedef struct {
    const char *key;
    const char *text[LANGS]; /* null: a form by number that the language does not have */
} Word;

extern const Word      words_table[]; /* by key in byte order */
extern const ptrdiff_t words_count;

/* How somebody is spoken to. */
typedef struct {
    Lang        lang;
    const char *currency; /* the sign put to money; "" or null: none */
} Voice;

extern const char *const lang_names[LANGS]; /* "ru", "en" */

/* The language of `ru`, `en`, or a locale like ru_RU.UTF-8; false when it is another. */
bool lang_read(Str name, Lang *out);

/* The text of a key as it stands in words/; null when there is none. */
const char *words_text(Lang lang, const char *key);

/* Which of the forms 0 one, 1 few, 2 many a number takes (CLDR plural rules; English has 0 and 2). */
int plural_form(Lang lang, int64_t n);

/* Writes the text of a key with its arguments put in.  A key that is missing writes itself, so that it is noticed. */
void words_put(Buf *b, Voice v, const char *key, const Arg *args, int count);

#define SAY(b, v, key, ...)                                                                                            \
    words_put((b), (v), (key), ARGS(__VA_ARGS__), ARGS_N(__VA_ARGS__))

/* The sentence of a problem, without its place. */
void problem_put(Buf *b, Voice v, const Problem *p);

/* Figures by themselves. */
void count_put(Buf *b, Voice v, int64_t n);              /* 1 234 567                            */
void money_put(Buf *b, Voice v, Wide m);                 /* 1 234 567,89 ₽                       */
void about_put(Buf *b, Voice v, Wide m);                 /* 1 234 568 ₽                          */
void share_put(Buf *b, Voice v, Ratio r, int places);    /* 12,5 %; places 0..4                  */
void day_put(Buf *b, Voice v, Day d);                    /* 04.03.2026, 4 Mar 2026               */
void month_put(Buf *b, Voice v, Month m);                /* март 2026, March 2026                */
void row_at_put(Buf *b, Voice v, int64_t row);              /* 12, 12 листа 3 (row_of_sheet)        */

#endif
