/* A cell as a number: what was read is written and read again as the same. */
#include "format/number.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const NumberForm forms[] = {
        { '.', 0 }, { '.', ',' }, { ',', ' ' }, { ',', '.' }, { '.', '\'' }, { ',', 0 }
    };
    Str         input  = { (const char *)data, (ptrdiff_t)size };
    unsigned    choice = fuzz_byte(&input);
    int         places = (int)(choice / COUNT(forms) % 10);
    int64_t     value  = 7, again = 8;
    NumberVotes votes  = { 0 };
    CellRead    r      = number_read(input, forms[choice % COUNT(forms)], places, &value);
    CLAIM((r == CELL_READ || value == 7) && (r <= CELL_EMPTY) == !number_problem(r));
    if (r == CELL_READ) {
        char text[64];
        Buf  b = { .data = text, .cap = sizeof text };
        buf_scaled(&b, value, places);
        CLAIM(number_read(buf_str(&b), forms[0], places, &again) == CELL_READ && again == value);
        CLAIM(value >= -MONEY_MAX && value <= MONEY_MAX);
    }
    bool doubt;
    if (number_vote(&votes, input)) CLAIM(r != CELL_EMPTY);
    NumberForm form = number_form(&votes, choice & 1, &doubt);
    CLAIM((form.decimal == '.' || form.decimal == ',') && form.group != form.decimal);
    return 0;
}
