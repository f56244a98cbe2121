/* The main part as a file beside the base: a header, the four lists of ids and the columns, each at a multiple of eight
 * bytes. */
#include "facts/file.h"

#include "core/durable.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    char       magic[8];
    uint64_t   checksum; /* of everything behind it */
    FactsStamp stamp;
    uint32_t   ids[4];   /* clients, products, sellers, channels; number 0 among them */
    uint32_t   clients, sales, lines, spare;
    Wide       moved;
} Header;

static const char magic[8] = "sbytfa5\n";

enum { COLUMNS = 15 };

typedef struct {
    void     *at;
    ptrdiff_t bytes;
} Column;

/* The order in which everything stands in the file. */
static void columns_of(const FactsNames *n, const FactsPart *p, Column column[COLUMNS])
{
    const Column all[COLUMNS] = {
        { n->client.id, (ptrdiff_t)n->client.count * 8 },   { n->product.id, (ptrdiff_t)n->product.count * 8 },
        { n->seller.id, (ptrdiff_t)n->seller.count * 8 },   { n->channel.id, (ptrdiff_t)n->channel.count * 8 },
        { p->sale_id, (ptrdiff_t)p->sales * 8 },            { p->line_amount, (ptrdiff_t)p->lines * 8 },
        { p->line_cost, (ptrdiff_t)p->lines * 8 },          { p->line_qty, (ptrdiff_t)p->lines * 8 },
        { p->client_sales, ((ptrdiff_t)p->clients + 1) * 4 }, { p->sale_lines, ((ptrdiff_t)p->sales + 1) * 4 },
        { p->sale_day, (ptrdiff_t)p->sales * 4 },           { p->line_product, (ptrdiff_t)p->lines * 4 },
        { p->sale_seller, (ptrdiff_t)p->sales * 2 },        { p->sale_channel, (ptrdiff_t)p->sales * 2 },
        { p->sale_return, (ptrdiff_t)p->sales },
    };
    memcpy(column, all, sizeof all);
}

static ptrdiff_t padded(ptrdiff_t bytes)
{
    return (bytes + 7) & ~(ptrdiff_t)7;
}

static uint64_t checksum_of(Header header, const Column column[COLUMNS])
{
    header.checksum = 0;
    uint64_t sum = str_hash((Str){ (const char *)&header, sizeof header }, 0);
    for (int i = 0; i < COLUMNS; i++) sum = str_hash((Str){ column[i].at, column[i].bytes }, sum);
    return sum;
}

static bool write_all(int fd, const Header *header, const Column column[COLUMNS])
{
    static const char zeros[8] = { 0 };
    if (!buf_to_fd(&fd, (Str){ (const char *)header, sizeof *header })) return false;
    for (int i = 0; i < COLUMNS; i++) {
        if (!buf_to_fd(&fd, (Str){ column[i].at, column[i].bytes })) return false;
        if (!buf_to_fd(&fd, (Str){ zeros, padded(column[i].bytes) - column[i].bytes })) return false;
    }
    return true;
}

Err facts_file_write(const char *path, const FactsNames *names, const FactsPart *part, FactsStamp stamp)
{
    Column column[COLUMNS];
    Header header = { .stamp = stamp,
                      .ids = { names->client.count, names->product.count, names->seller.count, names->channel.count },
                      .clients = part->clients,
                      .sales = part->sales,
                      .lines = part->lines,
                      .moved = part->moved };
    memcpy(header.magic, magic, sizeof magic);
    columns_of(names, part, column);
    header.checksum = checksum_of(header, column);

    char new_path[4096];
    if (snprintf(new_path, sizeof new_path, "%s.new", path) >= (int)sizeof new_path) return BROKEN;
    int fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return BROKEN;
    bool good = write_all(fd, &header, column);
    good      = close(fd) == 0 && good;
    if (good && durable_rename(new_path, path)) return OK;
    unlink(new_path);
    return BROKEN;
}

static ptrdiff_t bytes_of(const Header *h)
{
    FactsNames names = {
        .client.count = h->ids[0], .product.count = h->ids[1], .seller.count = h->ids[2], .channel.count = h->ids[3]
    };
    FactsPart  part  = { .clients = h->clients, .sales = h->sales, .lines = h->lines };
    Column     column[COLUMNS];
    ptrdiff_t  bytes = sizeof *h;
    columns_of(&names, &part, column);
    for (int i = 0; i < COLUMNS; i++) bytes += padded(column[i].bytes);
    return bytes;
}

static void *taken(char **at, ptrdiff_t bytes)
{
    void *here = *at;
    *at += padded(bytes);
    return here;
}

static void number_ids(FactsNames *names, FactsIds *ids, const int64_t *id, uint32_t count)
{
    for (uint32_t n = 1; n < count; n++) facts_number(names, ids, id[n]);
}

/* Lays the part over the mapped bytes. */
static void lay_out(char *at, const Header *h, FactsNames *names, FactsPart *p)
{
    FactsIds *kind[4] = { &names->client, &names->product, &names->seller, &names->channel };
    at += sizeof *h;
    for (int i = 0; i < 4; i++) {
        const int64_t *id = taken(&at, (ptrdiff_t)h->ids[i] * 8);
        number_ids(names, kind[i], id, h->ids[i]);
    }
    *p = (FactsPart){ .clients = h->clients, .sales = h->sales, .lines = h->lines, .moved = h->moved };
    p->sale_id      = taken(&at, (ptrdiff_t)p->sales * 8);
    p->line_amount  = taken(&at, (ptrdiff_t)p->lines * 8);
    p->line_cost    = taken(&at, (ptrdiff_t)p->lines * 8);
    p->line_qty     = taken(&at, (ptrdiff_t)p->lines * 8);
    p->client_sales = taken(&at, ((ptrdiff_t)p->clients + 1) * 4);
    p->sale_lines   = taken(&at, ((ptrdiff_t)p->sales + 1) * 4);
    p->sale_day     = taken(&at, (ptrdiff_t)p->sales * 4);
    p->line_product = taken(&at, (ptrdiff_t)p->lines * 4);
    p->sale_seller  = taken(&at, (ptrdiff_t)p->sales * 2);
    p->sale_channel = taken(&at, (ptrdiff_t)p->sales * 2);
    p->sale_return  = taken(&at, (ptrdiff_t)p->sales);
}

static bool fits(const Header *h, ptrdiff_t size)
{
    return size >= (ptrdiff_t)sizeof *h && memcmp(h->magic, magic, sizeof magic) == 0 && bytes_of(h) == size;
}

static Err part_over(char *at, ptrdiff_t size, FactsNames *names, FactsPart *part, FactsStamp *stamp)
{
    const Header *h = (const Header *)(const void *)at;
    if (!fits(h, size)) return INVALID;
    Column column[COLUMNS];
    lay_out(at, h, names, part);
    columns_of(names, part, column);
    if (names->client.count != h->ids[0] || names->product.count != h->ids[1]) return INVALID;
    if (checksum_of(*h, column) != h->checksum) return INVALID;
    *stamp = h->stamp;
    return OK;
}

Err facts_file_open(const char *path, FactsNames *names, FactsPart *part, FactsStamp *stamp)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NOT_FOUND;
    Arena mem = fstat(fd, &st) == 0 && st.st_size > 0 ? arena_of_file(fd, st.st_size) : (Arena){ 0 };
    close(fd);
    if (!mem.floor) return INVALID;
    Err err   = part_over(mem.floor, st.st_size, names, part, stamp);
    part->mem = mem;
    if (err) arena_drop(&part->mem);
    return err;
}
