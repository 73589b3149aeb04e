/* SPDX-License-Identifier: MIT */
#include "process_mark.h"

#include <sys/mman.h>
#include <unistd.h>

/* Memory that the kernel gives as a whole page. */
enum { SIZE = 1 };

ofp_process_mark ofp_process_mark_make(void)
{
    ofp_process_mark mark = {.process = getpid()};
    char *page = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return mark;
    if (madvise(page, SIZE, MADV_WIPEONFORK) != 0) {
        munmap(page, SIZE);
        return mark;
    }
    *page = 1;
    mark.wiped = page;
    return mark;
}

bool ofp_process_mark_is_here(const ofp_process_mark *mark)
{
    return mark->wiped ? *mark->wiped : mark->process == getpid();
}

void ofp_process_mark_free(ofp_process_mark *mark)
{
    if (mark->wiped)
        munmap((void *)mark->wiped, SIZE);
    mark->wiped = NULL;
}
