/* Calls of the system that a program which only reads and draws never makes: refused, so that whoever gets hold of it
 * has no network, no other process and no odd corner of the kernel. */
#include "work/fence.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* Those of other numbers (the 32-bit ones of an x86-64) are none of ours. */
#define OTHER_NUMBERS 0x40000000u

static const int refused[] = {
    /* the network, and sockets of this machine */
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg,
    SYS_sendmmsg,
    /* other processes, and memory that is shared with them */
    SYS_clone, SYS_clone3, SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_pidfd_open,
    SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
    SYS_shmget, SYS_shmat, SYS_semget, SYS_msgget, SYS_mq_open,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
    /* what the kernel has for administrators, and what has opened it to others before */
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_open_by_handle_at, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup,
    SYS_io_uring_enter, SYS_io_uring_register, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_personality,
    SYS_init_module, SYS_finit_module, SYS_kexec_load,
};

#ifdef ARCH
enum { N = sizeof refused / sizeof refused[0] };

#define LOAD(member)    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ANSWER(what)    BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE          (SECCOMP_RET_ERRNO | EPERM)

/* The number of each refused call is asked for, the last answer is for none of them. */
bool fence_calls(void)
{
    struct sock_filter  line[N + 7] = { LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0), ANSWER(REFUSE),
                                        LOAD(nr) };
    struct sock_fprog program = { .len = N + 7, .filter = line };
    line[4] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, N + 1, 0);
    for (int i = 0; i < N; i++)
        line[5 + i] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)refused[i],
                                                   (unsigned char)(N - i), 0);
    line[N + 5] = (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW);
    line[N + 6] = (struct sock_filter)ANSWER(REFUSE);
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
bool fence_calls(void) { return false; }
#endif
