/* `sbyt`, called by a shell. */
#include "app/command.h"

#include <unistd.h>

int main(int argc, char **argv)
{
    return sbyt_call(argc, argv, NULL, NULL, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
}
