/* Passwords: what is refused, and that a hash opens with its own password only.  Lengths are counted by hand. */
#include "tests/test.h"

#include "access/password.h"

static const char *refusal(Test *t, const char *password, const char *login)
{
    Problems problems = { .mem = &t->mem };
    Err      err      = password_check(&problems, str_of(password), str_of(login));
    return err == OK ? "" : problems.first->key;
}

TESTS(test_password)
{
    CASE("a password of ten letters is taken, of nine refused, Russian letters count one each") {
        TEXT(refusal(t, "kd83!mzQx0", "anna"), "");
        TEXT(refusal(t, "kd83!mzQx", "anna"), "password.too_short");
        TEXT(refusal(t, "жёлтый-дом", "anna"), "");
        TEXT(refusal(t, "жёлтыйдом", "anna"), "password.too_short");
    }
    CASE("what everybody tries first is refused in any case of letters") {
        TEXT(refusal(t, "1234567890", "anna"), "password.too_common");
        TEXT(refusal(t, "QwertyUiop", "anna"), "password.too_common");
        TEXT(refusal(t, "Пароль12345", "anna"), "password.too_common");
        TEXT(refusal(t, "abababababab", "anna"), "password.too_common");
    }
    CASE("the login is no part of the password") {
        TEXT(refusal(t, "Petrova-2026", "petrova"), "password.holds_login");
        TEXT(refusal(t, "aya-stroit-dom", "aya"), "");
    }
    CASE("a hash opens with its own password only") {
        char hash[PASSWORD_HASH_SIZE];
        EQUAL(password_hash(S("correct horse battery"), hash), OK);
        CHECK(str_starts(str_of(hash), S("$argon2id$v=19$m=19456,t=2,p=1$")));
        CHECK(password_matches(S("correct horse battery"), str_of(hash)));
        CHECK(!password_matches(S("correct horse batterY"), str_of(hash)));
        CHECK(!password_matches(S("correct horse battery"), S("")));
    }
}
