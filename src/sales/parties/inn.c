/* What the digits of a taxpayer number say about it. */
#include "sales/parties/parties.h"

static int inn_check_digit(Str inn, const int *weight, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) sum += weight[i] * (inn.s[i] - '0');
    return sum % 11 % 10;
}

InnVerdict inn_verdict(Str inn)
{
    static const int ten[] = { 2, 4, 10, 3, 5, 9, 4, 6, 8 }, eleven[] = { 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 },
                     twelve[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
    for (ptrdiff_t i = 0; i < inn.n; i++)
        if (inn.s[i] < '0' || inn.s[i] > '9') return INN_ODD;
    bool right;
    if (inn.n == 10) right = inn_check_digit(inn, ten, 9) == inn.s[9] - '0';
    else if (inn.n == 12)
        right = inn_check_digit(inn, eleven, 10) == inn.s[10] - '0' &&
                inn_check_digit(inn, twelve, 11) == inn.s[11] - '0';
    else return INN_LENGTH;
    return right ? INN_RIGHT : INN_DIGITS;
}
