/* Argon2id through libsodium, one computation at a time; and the passwords everybody tries first. */
#include "access/password.h"

#include "core/utf8.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define PASSES 2
#define MEMORY (19u * 1024 * 1024)

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "a hash fits");

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* The hash of a random text nobody knows: what a sign-in with an unknown login is compared with. */
static char            nobody[PASSWORD_HASH_SIZE];
static pthread_once_t  nobody_once = PTHREAD_ONCE_INIT;

static void nobody_make(void)
{
    char text[32];
    randombytes_buf(text, sizeof(text));
    if (crypto_pwhash_str(nobody, text, sizeof(text), PASSES, MEMORY) != 0) nobody[0] = 0;
}

Err password_hash(Str password, char out[PASSWORD_HASH_SIZE])
{
    if (sodium_init() < 0) return BROKEN;
    pthread_mutex_lock(&one_at_a_time);
    int failed = crypto_pwhash_str(out, password.s, (unsigned long long)password.n, PASSES, MEMORY);
    pthread_mutex_unlock(&one_at_a_time);
    return failed ? BROKEN : OK;
}

bool password_matches(Str password, Str hash)
{
    if (sodium_init() < 0) return false;
    char text[PASSWORD_HASH_SIZE] = { 0 };
    bool known = hash.n > 0 && hash.n < (ptrdiff_t)sizeof(text);
    pthread_mutex_lock(&one_at_a_time);
    pthread_once(&nobody_once, nobody_make);
    memcpy(text, known ? hash.s : nobody, known ? (size_t)hash.n : sizeof(nobody));
    bool same = crypto_pwhash_str_verify(text, password.s, (unsigned long long)password.n) == 0;
    pthread_mutex_unlock(&one_at_a_time);
    return same && known;
}

/* Ten letters and more, lower case: the head of the published lists of leaked passwords, and what Russian keyboards
 * add. */
static const char *const commonest[] = {
    "1234567890",    "0987654321",   "0123456789",   "9876543210",   "12345678910",   "123456789a",   "a123456789",
    "1234567891",    "1234567899",   "123456789q",   "q123456789",   "123123123123",  "1231231231",   "1212121212",
    "1q2w3e4r5t",    "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop",   "qwertyuiop123", "qwerty123456", "qwerty12345",
    "qwerty1234",    "qwe123qwe123", "qweasdzxc1",   "qwertyqwerty", "asdfghjkl1",    "asdfghjkl;",   "zxcvbnm123",
    "password12",    "password123",  "password1234", "passw0rd123",  "password01",    "p@ssw0rd123",  "mypassword",
    "administrator", "admin12345",   "admin123456",  "adminadmin",   "letmein123",    "welcome123",   "iloveyou12",
    "football12",    "changeme123",  "superman123",  "monkey1234",   "samsung123",    "abc1234567",   "abcdefghij",
    "abcd123456",    "abcdef1234",   "aaaaaaaaaa",   "йцукенгшщз",   "йцукен12345",   "йцукен123456", "фывапролдж",
    "пароль12345",   "пароль123456", "парольпароль", "привет12345",  "qazwsxedcrfv",  "qazwsx1234",   "zaq12wsxcde3",
    "1029384756",    "1111122222",   "1122334455",   "5555555555",   "7777777777",    "7894561230",   "sberbank123",
    "moskva12345",   "rossiya123",   "prodazhi123",  "sbytsbytsbyt",
};

static bool is_common(Str folded)
{
    for (ptrdiff_t i = 0; i < COUNT(commonest); i++)
        if (str_eq(folded, str_of(commonest[i]))) return true;
    return false;
}

typedef struct {
    int letters, different;
} Shape;

static Shape shape_of(Str s)
{
    uint32_t seen[4];
    Shape    shape = { 0 };
    for (ptrdiff_t at = 0; at < s.n; shape.letters++) {
        uint32_t rune = utf8_next(s, &at);
        int      i    = 0;
        while (i < shape.different && seen[i] != rune) i++;
        if (i == shape.different && i < COUNT(seen)) seen[shape.different++] = rune;
    }
    return shape;
}

Err password_check(Problems *problems, Str password, Str login)
{
    Arena scratch = arena_new(64 * 1024);
    Str   folded = name_find(&scratch, str_upto(password, PASSWORD_MAX_BYTES)),
        name = name_find(&scratch, str_upto(login, 200));
    Shape shape   = shape_of(password);
    bool  common  = is_common(folded), holds_login = name.n >= 4 && str_find(folded, name) >= 0;
    arena_drop(&scratch);

    if (shape.letters < PASSWORD_MIN)
        return PROBLEM(problems, INVALID, "password", "password.too_short", arg_count("least", PASSWORD_MIN));
    if (password.n > PASSWORD_MAX_BYTES) return PROBLEM(problems, INVALID, "password", "password.too_long");
    if (common || shape.different < 4) return PROBLEM(problems, INVALID, "password", "password.too_common");
    if (holds_login) return PROBLEM(problems, INVALID, "password", "password.holds_login");
    return OK;
}
