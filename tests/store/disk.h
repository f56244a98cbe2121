/* A disk that forgets: what becomes of a folder when the power goes.
 *
 * A killed process leaves its writes in the page cache, so killing proves little.  Between disk_begin and disk_end
 * everything that is done to the files below a folder is noted in order: by SQLite through a file system of its own
 * (disk_vfs.c), by our own code through the calls of libc (disk_calls.c, which the linker puts before them).  From the
 * notes a DiskPast makes the folder as it would be found after the power went before any of them:
 *
 *     bytes  that were synced are there; those that were not are lost, all or by halves, in any order, torn at sectors
 *            of 512 bytes
 *     names  made, changed and taken away since their folder was synced are lost from some moment on (file systems keep
 *            these in order)
 *
 * So a new file needs two syncs, its own and its folder's, as POSIX has it; most file systems are kinder.
 *
 * The disk also runs full: after so many more writes each further one answers that there is no room. */
#ifndef TESTS_STORE_DISK_H
#define TESTS_STORE_DISK_H

#include "core/str.h"

/* ---- a folder for a case, in memory where there is such a place ---- */

enum { DISK_PLACE = 64 };

void disk_place_new(char place[DISK_PLACE]);
void disk_place_gone(const char *place);

/* ---- noting ---- */

/* What is in the folder already is taken as synced. */
void    disk_begin(const char *folder);
void    disk_end(void); /* no more is noted; the notes stay until disk_forget */
void    disk_forget(void);
int64_t disk_now(void); /* how many notes there are */

/* After `writes` more writes there is no room; negative: there is room again. */
void    disk_room(int64_t writes);
int64_t disk_refused(void); /* writes that found no room, since disk_room */

/* ---- looking back ---- */

typedef struct DiskPast DiskPast;

DiskPast *disk_past(void);                             /* before the first note */
void      disk_past_free(DiskPast *past);
void      disk_past_to(DiskPast *past, int64_t note);  /* on to the moment before this one, never back */
bool      disk_note_syncs(int64_t note);               /* is it a sync of a file or folder? */

/* Writes the folder as it is found after a loss of power at this moment.  Seed 0 forgets all that was not synced. */
void      disk_image(const DiskPast *past, uint64_t seed, const char *folder);

/* Told of each file that our own code has synced; null: nobody. */
extern void (*disk_synced)(int fd);

/* ---- for disk_vfs.c and disk_calls.c ---- */

enum { DISK_OTHER = -1 }; /* not below the folder */

bool disk_holds(const char *path);
int  disk_file(const char *path, bool emptied); /* its number, noting that it was made or emptied */
int  disk_nameless(const char *folder);         /* of one that never has a name and needs room all the same */
bool disk_write(int file, int64_t at, Str bytes); /* false: no room, nothing is to be written */
void disk_size(int file, int64_t size);
void disk_sync(int file);
void disk_rename(const char *from, const char *to);
void disk_link(const char *from, const char *to);
void disk_remove(const char *path);
void disk_folder(const char *path);
void disk_folder_sync(const char *path);

void disk_vfs_begin(void);
void disk_vfs_end(void);

#endif
