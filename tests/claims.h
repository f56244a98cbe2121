/* The claims of the project by their words, for standing tests: what stands apart from a rule names the claim that
 * proves that it may.
 *
 *     "access/who_may.http"            a scenario, by its file under tests/scenario
 *     "server/commands: a sentence"    a claim of a script, by its file under tests and its words
 *     "a sentence"                     a CASE of the tests in C
 *
 * False when there is no such claim: whoever removes or renames it is told which exemption is without its proof. */
#ifndef TESTS_CLAIMS_H
#define TESTS_CLAIMS_H

#include "tests/test.h"

bool claim_stands(Test *t, const char *claim);

#endif
