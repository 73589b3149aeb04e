/* SPDX-License-Identifier: MIT */
/*
 * Which pages of a process that decides are both writable and executable: those of PCRE2's JIT, and
 * without it none. Where the system forbids such pages, patterns are interpreted, with the same
 * answers.
 *
 * Usage: check_pages POLICY ZONE_DIRECTORY
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <offerpolicy/offerpolicy.h>

static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

/* How many mappings can be written and executed. */
static int count_open_pages(void)
{
    char line[4096], permissions[5];
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    require(maps, "there are no maps");
    while (fgets(line, sizeof line, maps)) {
        require(sscanf(line, "%*s %4s", permissions) == 1, "the maps can't be read");
        count += permissions[1] == 'w' && permissions[2] == 'x';
    }
    fclose(maps);
    return count;
}

/* Decides by patterns. @return the decision as JSON; the caller frees it */
static ofp_buffer *decide(const char *path, const char *zones, bool no_jit)
{
    const ofp_policy_options options = {
        .size = sizeof options, .zone_directory = zones, .no_jit = no_jit};
    ofp_policy *policy;
    ofp_scratch *scratch;
    ofp_buffer *json;
    const ofp_decision *decision;
    require(!ofp_policy_load(path, &options, &policy, NULL), "there is no policy");
    require(!ofp_scratch_new(&scratch, NULL) && !ofp_buffer_new(&json, NULL), "no memory");
    ofp_request request = OFP_REQUEST_INIT;
    request.now = request.created_at = 1790000000;
    request.ticket = ofp_text_of("4711");
    request.subject = ofp_text_of("Our SHARED runners at cloud.northwind.example");
    request.description = ofp_text_of("They stopped; the saas page says nothing.");
    require(!ofp_decide(policy, &request, scratch, &decision, NULL), "there is no decision");
    require(ofp_decision_offering(decision) >= 0, "the patterns did not match");
    require(!ofp_decision_write_json(decision, json, NULL), "no JSON");
    printf("jit %d: %d mappings are writable and executable\n", !no_jit, count_open_pages());
    require(!no_jit || count_open_pages() == 0, "without JIT a page is writable and executable");
    ofp_scratch_free(scratch);
    ofp_policy_unref(policy);
    return json;
}

/* From now on no memory can be mapped that is writable and executable. */
static void forbid_open_pages(void)
{
    enum { BOTH = PROT_WRITE | PROT_EXEC };
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, BOTH),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, BOTH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
    };
    const struct sock_fprog program = {sizeof lines / sizeof *lines, lines};
    require(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
                !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program),
            "system calls can't be filtered");
    require(mmap(NULL, 4096, BOTH, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED,
            "the filter does nothing");
}

static bool same(const ofp_buffer *a, const ofp_buffer *b)
{
    const ofp_text one = ofp_buffer_text(a), two = ofp_buffer_text(b);
    return one.size == two.size && memcmp(one.data, two.data, one.size) == 0;
}

int main(int argc, char **argv)
{
    require(argc == 3, "usage: check_pages POLICY ZONE_DIRECTORY");
    require(count_open_pages() == 0, "pages are open before anything was done");
    ofp_buffer *interpreted = decide(argv[1], argv[2], true);
    forbid_open_pages();
    ofp_buffer *forbidden = decide(argv[1], argv[2], false);
    require(count_open_pages() == 0, "where it is forbidden, a page is writable and executable");
    require(same(interpreted, forbidden), "the answers differ");
    ofp_buffer_free(interpreted);
    ofp_buffer_free(forbidden);
    return 0;
}
