/* Fails the N-th call of one kind on files under a folder (FAULT_DIR, FAULT_CALL, FAULT_AT,
   FAULT_ERRNO), writing the file's name into FAULT_FILE, and, told FAULT_AT=0, counts the calls
   into FAULT_COUNT. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long calls = 0;

static int under(const char *path) {
    const char *dir = getenv("FAULT_DIR");
    return dir && path && strncmp(path, dir, strlen(dir)) == 0;
}

static const char *path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n < 0) return NULL;
    path[n] = 0;
    return path;
}

static void name(const char *path) {
    const char *into = getenv("FAULT_FILE");
    FILE *out = into ? fopen(into, "w") : NULL;
    if (out) { fprintf(out, "%s", path); fclose(out); }
}

static int fails(const char *kind, const char *path) {
    if (!under(path)) return 0;
    const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT");
    if (!call || !at || strcmp(call, kind)) return 0;
    long now = __sync_add_and_fetch(&calls, 1);
    if (atol(at) != now) return 0;
    name(path);
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

__attribute__((destructor)) static void tell(void) {
    const char *file = getenv("FAULT_COUNT");
    if (!file) return;
    FILE *out = fopen(file, "w");
    if (out) { fprintf(out, "%ld", calls); fclose(out); }
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *b, size_t n) {
    REAL(ssize_t, "write", int, const void *, size_t);
    char p[PATH_MAX];
    return fails("write", path_of(fd, p)) ? -1 : real(fd, b, n);
}
ssize_t writev(int fd, const struct iovec *v, int n) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    char p[PATH_MAX];
    return fails("write", path_of(fd, p)) ? -1 : real(fd, v, n);
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    char p[PATH_MAX];
    return fails("write", path_of(fd, p)) ? -1 : real(fd, b, n, o);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    char p[PATH_MAX];
    return fails("write", path_of(fd, p)) ? -1 : real(fd, b, n, o);
}
int fsync(int fd) {
    REAL(int, "fsync", int);
    char p[PATH_MAX];
    return fails("fsync", path_of(fd, p)) ? -1 : real(fd);
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    char p[PATH_MAX];
    return fails("fsync", path_of(fd, p)) ? -1 : real(fd);
}
int rename(const char *a, const char *b) {
    REAL(int, "rename", const char *, const char *);
    return fails("rename", b) ? -1 : real(a, b);
}
int renameat(int x, const char *a, int y, const char *b) {
    REAL(int, "renameat", int, const char *, int, const char *);
    return fails("rename", b) ? -1 : real(x, a, y, b);
}

#define OPENER(name, ...) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list l; va_start(l, flags); mode = va_arg(l, mode_t); va_end(l); }

int open(const char *p, int flags, ...) {
    OPENER("open")
    REAL(int, "open", const char *, int, ...);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open", p) ? -1 : real(p, flags, mode);
}
int open64(const char *p, int flags, ...) {
    OPENER("open64")
    REAL(int, "open64", const char *, int, ...);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open", p) ? -1 : real(p, flags, mode);
}
int openat(int d, const char *p, int flags, ...) {
    OPENER("openat")
    REAL(int, "openat", int, const char *, int, ...);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open", p) ? -1 : real(d, p, flags, mode);
}
int openat64(int d, const char *p, int flags, ...) {
    OPENER("openat64")
    REAL(int, "openat64", int, const char *, int, ...);
    return (flags & O_ACCMODE) != O_RDONLY && fails("open", p) ? -1 : real(d, p, flags, mode);
}
