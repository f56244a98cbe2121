/* The notes, and the folder as they leave it. */
#include "tests/store/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, PATH_MOST = 512 };

typedef enum { MAKE, WRITE, SIZE, SYNC, RENAME, LINK, REMOVE, FOLDER, FOLDER_SYNC, ALL_SYNC } Kind;

typedef struct {
    Kind    kind;
    int     file;
    int64_t at, size;
    char   *bytes;
    char   *path, *to; /* below the folder: "/sbyt.db"; the folder itself is "" */
} Note;

typedef struct {
    char *path;
    int   file; /* -1: a folder */
} Name;

typedef struct {
    Name     *at;
    ptrdiff_t n;
} Names;

static struct {
    pthread_mutex_t mutex;
    char            folder[PATH_MOST];
    atomic_bool     on;
    Note           *note;
    ptrdiff_t       n, room;
    Names           names; /* as the program sees them */
    int             files;
    int64_t         writes_left, refused;
} disk = { .mutex = PTHREAD_MUTEX_INITIALIZER, .writes_left = -1 };

/* ---- places ---- */

void disk_place_new(char place[DISK_PLACE])
{
    snprintf(place, DISK_PLACE, "%s/sbyt-power.XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(place)) abort();
}

static int removed(const char *path, const struct stat *s, int kind, struct FTW *walk)
{
    (void)s;
    (void)kind;
    (void)walk;
    return remove(path);
}

void disk_place_gone(const char *place)
{
    nftw(place, removed, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- names ---- */

static ptrdiff_t name_at(const Names *names, const char *path)
{
    for (ptrdiff_t i = 0; i < names->n; i++)
        if (strcmp(names->at[i].path, path) == 0) return i;
    return -1;
}

static void name_put(Names *names, const char *path, int file)
{
    ptrdiff_t i = name_at(names, path);
    if (i < 0) {
        i         = names->n++;
        names->at = realloc(names->at, (size_t)names->n * sizeof *names->at);
        names->at[i].path = strdup(path);
    }
    names->at[i].file = file;
}

static void name_drop(Names *names, const char *path)
{
    ptrdiff_t i = name_at(names, path);
    if (i < 0) return;
    free(names->at[i].path);
    memmove(&names->at[i], &names->at[i + 1], (size_t)(--names->n - i) * sizeof *names->at);
}

static void names_free(Names *names)
{
    for (ptrdiff_t i = 0; i < names->n; i++) free(names->at[i].path);
    free(names->at);
    *names = (Names){ 0 };
}

static void name_move(Names *names, const char *from, const char *to)
{
    ptrdiff_t i = name_at(names, from);
    if (i < 0) return;
    int file = names->at[i].file;
    name_drop(names, from);
    name_put(names, to, file);
}

static void name_again(Names *names, const char *from, const char *to)
{
    ptrdiff_t i = name_at(names, from);
    if (i >= 0) name_put(names, to, names->at[i].file);
}

static void name_done(Names *names, const Note *note)
{
    if (note->kind == RENAME) name_move(names, note->path, note->to);
    else if (note->kind == LINK) name_again(names, note->path, note->to);
    else if (note->kind == REMOVE) name_drop(names, note->path);
    else name_put(names, note->path, note->file);
}

/* ---- noting ---- */

static bool below(const char *path)
{
    size_t n = strlen(disk.folder);
    return strncmp(path, disk.folder, n) == 0 && (path[n] == '/' || path[n] == 0);
}

bool disk_holds(const char *path)
{
    return atomic_load(&disk.on) && path && below(path);
}

static void note_add(Note note)
{
    if (disk.n == disk.room) disk.note = realloc(disk.note, (size_t)(disk.room += 4096) * sizeof *disk.note);
    disk.note[disk.n++] = note;
}

static char *inside(const char *path)
{
    return strdup(path + strlen(disk.folder));
}

int disk_file(const char *path, bool emptied)
{
    if (!disk_holds(path)) return DISK_OTHER;
    pthread_mutex_lock(&disk.mutex);
    ptrdiff_t i    = name_at(&disk.names, path + strlen(disk.folder));
    int       file = i < 0 ? disk.files++ : disk.names.at[i].file;
    if (i < 0) name_put(&disk.names, path + strlen(disk.folder), file);
    if (i < 0) note_add((Note){ .kind = MAKE, .file = file, .path = inside(path) });
    else if (emptied) note_add((Note){ .kind = SIZE, .file = file });
    pthread_mutex_unlock(&disk.mutex);
    return file;
}

int disk_nameless(const char *folder)
{
    if (!disk_holds(folder)) return DISK_OTHER;
    pthread_mutex_lock(&disk.mutex);
    int file = disk.files++;
    pthread_mutex_unlock(&disk.mutex);
    return file;
}

static bool room_for_one(void)
{
    if (disk.writes_left < 0) return true;
    if (disk.writes_left == 0) disk.refused++;
    return disk.writes_left > 0 && disk.writes_left--;
}

bool disk_write(int file, int64_t at, Str bytes)
{
    if (file == DISK_OTHER || !atomic_load(&disk.on)) return true;
    pthread_mutex_lock(&disk.mutex);
    bool good = room_for_one();
    if (good) {
        char *copy = malloc((size_t)bytes.n + 1);
        memcpy(copy, bytes.s, (size_t)bytes.n);
        note_add((Note){ .kind = WRITE, .file = file, .at = at, .size = bytes.n, .bytes = copy });
    }
    pthread_mutex_unlock(&disk.mutex);
    return good;
}

static void noted(Note note)
{
    pthread_mutex_lock(&disk.mutex);
    note_add(note);
    pthread_mutex_unlock(&disk.mutex);
}

void disk_size(int file, int64_t size)
{
    if (file != DISK_OTHER && atomic_load(&disk.on)) noted((Note){ .kind = SIZE, .file = file, .size = size });
}

void disk_sync(int file)
{
    if (file != DISK_OTHER && atomic_load(&disk.on)) noted((Note){ .kind = SYNC, .file = file });
}

/* A change of names is one also in what the program sees. */
static void name_noted(Note note)
{
    pthread_mutex_lock(&disk.mutex);
    note_add(note);
    name_done(&disk.names, &note);
    pthread_mutex_unlock(&disk.mutex);
}

void disk_rename(const char *from, const char *to)
{
    if (!disk_holds(from) || !disk_holds(to)) return;
    name_noted((Note){ .kind = RENAME, .path = inside(from), .to = inside(to) });
}

void disk_link(const char *from, const char *to)
{
    if (!disk_holds(from) || !disk_holds(to)) return;
    name_noted((Note){ .kind = LINK, .path = inside(from), .to = inside(to) });
}

void disk_remove(const char *path)
{
    if (disk_holds(path)) name_noted((Note){ .kind = REMOVE, .path = inside(path) });
}

void disk_folder(const char *path)
{
    if (disk_holds(path)) name_noted((Note){ .kind = FOLDER, .file = -1, .path = inside(path) });
}

void disk_folder_sync(const char *path)
{
    if (disk_holds(path)) noted((Note){ .kind = FOLDER_SYNC, .path = inside(path) });
}

/* ---- beginning and end ---- */

static void file_taken(const char *path, int64_t size)
{
    char *bytes = malloc((size_t)size + 1);
    int   fd    = open(path, O_RDONLY | O_CLOEXEC), file = disk_file(path, false);
    if (fd < 0 || read(fd, bytes, (size_t)size) != size) abort();
    close(fd);
    disk_write(file, 0, (Str){ bytes, size });
    free(bytes);
}

static void folder_taken(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *e = NULL; dir && (e = readdir(dir)) != NULL;) {
        char        path[PATH_MOST];
        struct stat s;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.' || stat(path, &s) != 0) continue;
        if (S_ISDIR(s.st_mode)) {
            disk_folder(path);
            folder_taken(path);
        } else if (S_ISREG(s.st_mode)) {
            file_taken(path, s.st_size);
        }
    }
    if (dir) closedir(dir);
}

void disk_begin(const char *folder)
{
    snprintf(disk.folder, sizeof disk.folder, "%s", folder);
    disk.writes_left = -1;
    name_put(&disk.names, "", -1);
    atomic_store(&disk.on, true);
    folder_taken(folder);
    noted((Note){ .kind = ALL_SYNC });
    disk_vfs_begin();
}

void disk_end(void)
{
    disk_vfs_end();
    atomic_store(&disk.on, false);
}

void disk_forget(void)
{
    for (ptrdiff_t i = 0; i < disk.n; i++) {
        free(disk.note[i].bytes);
        free(disk.note[i].path);
        free(disk.note[i].to);
    }
    free(disk.note);
    names_free(&disk.names);
    disk.note = NULL;
    disk.n = disk.room = disk.files = 0;
}

int64_t disk_now(void)
{
    pthread_mutex_lock(&disk.mutex);
    int64_t n = disk.n;
    pthread_mutex_unlock(&disk.mutex);
    return n;
}

void disk_room(int64_t writes)
{
    pthread_mutex_lock(&disk.mutex);
    disk.writes_left = writes;
    disk.refused     = 0;
    pthread_mutex_unlock(&disk.mutex);
}

int64_t disk_refused(void)
{
    pthread_mutex_lock(&disk.mutex);
    int64_t n = disk.refused;
    pthread_mutex_unlock(&disk.mutex);
    return n;
}

/* ---- looking back ---- */

typedef struct {
    char      *bytes;
    int64_t    size, room;
    ptrdiff_t *open; /* notes since its last sync */
    ptrdiff_t  n;
} File;

struct DiskPast {
    int64_t    note;
    File      *file;
    Names      names; /* that are synced           */
    ptrdiff_t *open;  /* notes of names since then */
    ptrdiff_t  n;
};

DiskPast *disk_past(void)
{
    DiskPast *past = calloc(1, sizeof *past);
    past->file     = calloc((size_t)disk.files + 1, sizeof *past->file);
    name_put(&past->names, "", -1);
    return past;
}

void disk_past_free(DiskPast *past)
{
    for (int i = 0; i < disk.files; i++) {
        free(past->file[i].bytes);
        free(past->file[i].open);
    }
    free(past->file);
    free(past->open);
    names_free(&past->names);
    free(past);
}

static void open_add(ptrdiff_t **open, ptrdiff_t *n, ptrdiff_t note)
{
    *open           = realloc(*open, (size_t)(*n + 1) * sizeof **open);
    (*open)[(*n)++] = note;
}

static void file_sized(File *f, int64_t size)
{
    if (size > f->room) f->bytes = realloc(f->bytes, (size_t)(f->room = size + size / 2 + 4096));
    if (size > f->size) memset(f->bytes + f->size, 0, (size_t)(size - f->size));
    f->size = size;
}

static void file_bytes(File *f, int64_t at, const char *bytes, int64_t n)
{
    if (at + n > f->size) file_sized(f, at + n);
    memcpy(f->bytes + at, bytes, (size_t)n);
}

static void file_done(File *f, const Note *note)
{
    if (note->kind == SIZE) file_sized(f, note->size);
    else file_bytes(f, note->at, note->bytes, note->size);
}

static void file_synced(File *f)
{
    for (ptrdiff_t i = 0; i < f->n; i++) file_done(f, &disk.note[f->open[i]]);
    f->n = 0;
}

/* "/backup/a.db" stands in "/backup", "/sbyt.db" in "". */
static bool stands_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

static void folder_synced(DiskPast *past, const char *folder)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < past->n; i++) {
        const Note *note = &disk.note[past->open[i]];
        if (!folder || stands_in(note->path, folder)) name_done(&past->names, note);
        else past->open[kept++] = past->open[i];
    }
    past->n = kept;
}

static void past_note(DiskPast *past, ptrdiff_t i)
{
    const Note *note = &disk.note[i];
    switch (note->kind) {
    case WRITE:
    case SIZE:        open_add(&past->file[note->file].open, &past->file[note->file].n, i); return;
    case SYNC:        file_synced(&past->file[note->file]); return;
    case FOLDER_SYNC: folder_synced(past, note->path); return;
    case ALL_SYNC:
        for (int f = 0; f < disk.files; f++) file_synced(&past->file[f]);
        folder_synced(past, NULL);
        return;
    case MAKE:
    case RENAME:
    case LINK:
    case REMOVE:
    case FOLDER:      open_add(&past->open, &past->n, i);
    }
}

void disk_past_to(DiskPast *past, int64_t note)
{
    for (; past->note < note; past->note++) past_note(past, past->note);
}

bool disk_note_syncs(int64_t note)
{
    return disk.note[note].kind == SYNC || disk.note[note].kind == FOLDER_SYNC;
}

/* ---- the image ---- */

/* Splitmix64: Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014. */
static uint64_t dice(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

typedef enum { KEEPS_NOTHING, KEEPS_ALL, KEEPS_FIRST, KEEPS_SOME } Keeps;

static Keeps keeps_drawn(uint64_t seed, uint64_t *state)
{
    return seed ? (Keeps)(dice(state) % 4) : KEEPS_NOTHING;
}

/* A write by sectors; each is there or not. */
static void write_torn(File *f, const Note *note, uint64_t *state)
{
    for (int64_t at = note->at, end = note->at + note->size; at < end;) {
        int64_t next = at - at % SECTOR + SECTOR;
        if (next > end) next = end;
        if (dice(state) % 2) file_bytes(f, at, note->bytes + (at - note->at), next - at);
        at = next;
    }
}

static File file_found(const File *from, uint64_t seed, uint64_t *state)
{
    Keeps     keeps = keeps_drawn(seed, state);
    ptrdiff_t first = from->n ? (ptrdiff_t)(dice(state) % (uint64_t)from->n) : 0;
    File      f     = { 0 };
    if (from->size) file_bytes(&f, 0, from->bytes, from->size);
    for (ptrdiff_t i = 0; i < from->n; i++) {
        const Note *note = &disk.note[from->open[i]];
        bool        some = keeps == KEEPS_SOME || (keeps == KEEPS_FIRST && i == first);
        bool        kept = keeps == KEEPS_ALL || (keeps == KEEPS_FIRST && i < first);
        if (some && note->kind == WRITE) write_torn(&f, note, state);
        else if (kept || (some && dice(state) % 2)) file_done(&f, note);
    }
    return f;
}

/* Of each folder's notes those up to some moment are kept. */
static Names names_found(const DiskPast *past, uint64_t seed, uint64_t *state)
{
    Names     names  = { 0 };
    Keeps     keeps  = keeps_drawn(seed, state);
    ptrdiff_t first  = past->n ? (ptrdiff_t)(dice(state) % (uint64_t)(past->n + 1)) : 0;
    if (keeps == KEEPS_NOTHING) first = 0;
    if (keeps == KEEPS_ALL) first = past->n;
    for (ptrdiff_t i = 0; i < past->names.n; i++) name_put(&names, past->names.at[i].path, past->names.at[i].file);
    for (ptrdiff_t i = 0; i < first; i++) name_done(&names, &disk.note[past->open[i]]);
    return names;
}

/* A name whose folder was lost is lost with it: then it cannot be opened. */
static void file_put(const char *path, const File *f)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return;
    if (f->size && write(fd, f->bytes, (size_t)f->size) != f->size) abort();
    close(fd);
}

void disk_image(const DiskPast *past, uint64_t seed, const char *folder)
{
    uint64_t state = seed * 1000003 + (uint64_t)past->note;
    Names    names = names_found(past, seed, &state);
    for (ptrdiff_t i = 0; i < names.n; i++) {
        char path[2 * PATH_MOST];
        snprintf(path, sizeof path, "%s%s", folder, names.at[i].path);
        if (names.at[i].file < 0) {
            mkdir(path, 0700);
            continue;
        }
        File f = file_found(&past->file[names.at[i].file], seed, &state);
        file_put(path, &f);
        free(f.bytes);
    }
    names_free(&names);
}
