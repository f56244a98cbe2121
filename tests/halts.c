/* What builds with sanitizers carry in them, so that no script has to say it: undefined behaviour ends the program,
 * also a server that a script has started.  Not a part of a release. */
const char *__ubsan_default_options(void);

const char *__ubsan_default_options(void)
{
    return "halt_on_error=1:print_stacktrace=1";
}
