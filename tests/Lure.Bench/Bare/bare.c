// What is left of a relay when there is no program around the kernel: epoll, and recv and send or splice. It checks
// nothing that can be left unchecked, ends every session with a plain close, and logs nothing: a limit, not a relay.
//
//   bare PORT SERVER_PORT copy|splice SPIN_MICROSECONDS PROCESSES      on 127.0.0.1, until it is killed
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 16 * 1024, PIPE = 256 * 1024, EVENTS = 512 };

// What was taken from one side and waits for the other: in a block, or in a pipe.
struct direction {
    char *block;
    size_t from, held;
    int pipe[2];
    int hangs_up; // reported: a short read need not be the last one
    int finished;
    int passed;
};

// The side is the lowest bit of the token: 0 is the client, and direction 0 is what comes from it.
struct session {
    int fd[2];
    struct direction way[2];
    int over;
    struct session *next;
};

static int epoll, listener, splices;
static struct sockaddr_in server;
static struct session *ended, *unused;
static char block[BLOCK];

static void require(int result, const char *call) {
    if (result < 0) { perror(call); exit(1); }
}

static void watch(int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = { .events = events, .data.u64 = token };
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

// Freed behind the events of this wait: one of them may still name it.
static void end(struct session *s) {
    if (s->over) return;
    s->over = 1;
    for (int i = 0; i < 2; i++) {
        close(s->fd[i]);
        free(s->way[i].block);
        if (s->way[i].pipe[1]) { close(s->way[i].pipe[0]); close(s->way[i].pipe[1]); }
    }
    s->next = ended;
    ended = s;
}

// Each returns 1 for more, 0 for "would block", -1 for the end of the session.
static int flush(struct direction *d, int to) {
    while (d->held > 0) {
        ssize_t n = splices ? splice(d->pipe[0], NULL, to, NULL, d->held, SPLICE_F_MOVE | SPLICE_F_NONBLOCK)
                            : send(to, d->block + d->from, d->held, MSG_NOSIGNAL);
        if (n < 0) return errno == EAGAIN ? 0 : -1;
        d->from += n;
        d->held -= n;
    }
    free(d->block);
    d->block = NULL;
    return 1;
}

static int splice_once(struct direction *d, int from, int to) {
    if (!d->pipe[1]) {
        if (pipe2(d->pipe, O_NONBLOCK | O_CLOEXEC) < 0) return -1;
        fcntl(d->pipe[1], F_SETPIPE_SZ, PIPE);
    }
    ssize_t n = splice(from, NULL, d->pipe[1], NULL, PIPE, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    if (n == 0) { d->finished = 1; return 0; }
    d->held = n;
    return flush(d, to);
}

static int copy_once(struct direction *d, int from, int to) {
    ssize_t n = recv(from, block, BLOCK, 0);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    if (n == 0) { d->finished = 1; return 0; }
    ssize_t m = send(to, block, n, MSG_NOSIGNAL);
    if (m < 0 && errno != EAGAIN) return -1;
    if (m < 0) m = 0;
    if (m == n) return n == BLOCK || d->hangs_up;
    d->block = malloc(BLOCK);
    d->from = 0;
    d->held = n - m;
    memcpy(d->block, block + m, n - m);
    return 0;
}

// Edge-triggered: what is left would not be reported again, so it goes on until the kernel has no more.
static void move(struct session *s, int side) {
    struct direction *d = &s->way[side];
    int from = s->fd[side], to = s->fd[!side], more = flush(d, to);
    while (more > 0 && !d->finished) more = splices ? splice_once(d, from, to) : copy_once(d, from, to);
    if (more < 0) { end(s); return; }
    if (d->finished && d->held == 0) {
        if (s->way[!side].finished && s->way[!side].held == 0) end(s);
        else if (!d->passed) { shutdown(to, SHUT_WR); d->passed = 1; }
    }
}

static void accept_all(void) {
    const uint32_t all = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    int client;
    while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct session *s = unused;
        if (s) unused = s->next; else s = malloc(sizeof *s);
        memset(s, 0, sizeof *s);
        s->fd[0] = client;
        s->fd[1] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        require(s->fd[1], "socket");
        setsockopt(s->fd[1], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        if (connect(s->fd[1], (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
            end(s);
            continue;
        }
        for (int i = 0; i < 2; i++) watch(s->fd[i], all, (uintptr_t)s | i);
    }
}

static int wait_for(struct epoll_event *events, int64_t spin) {
    struct timespec now;
    int64_t until = 0;
    while (spin > 0) {
        int n = epoll_wait(epoll, events, EVENTS, 0);
        if (n != 0) return n;
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t at = now.tv_sec * 1000000000LL + now.tv_nsec;
        if (until == 0) until = at + spin;
        if (at >= until) break;
    }
    return epoll_wait(epoll, events, EVENTS, -1);
}

static struct sockaddr_in loopback(const char *port) {
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

int main(int argc, char **argv) {
    if (argc != 6) { fprintf(stderr, "bare PORT SERVER_PORT copy|splice SPIN_MICROSECONDS PROCESSES\n"); return 2; }
    struct sockaddr_in own = loopback(argv[1]);
    server = loopback(argv[2]);
    splices = strcmp(argv[3], "splice") == 0;
    int64_t spin = atoll(argv[4]) * 1000;
    for (int i = 1; i < atoi(argv[5]); i++) {
        pid_t child = fork();
        require(child, "fork");
        if (child == 0) { prctl(PR_SET_PDEATHSIG, SIGKILL); break; }
    }
    epoll = epoll_create1(EPOLL_CLOEXEC);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)); // inherited
    require(bind(listener, (struct sockaddr *)&own, sizeof own), "bind");
    require(listen(listener, 4096), "listen");
    watch(listener, EPOLLIN, 0);
    static struct epoll_event events[EVENTS];
    for (;;) {
        int n = wait_for(events, spin);
        for (int i = 0; i < n; i++) {
            if (events[i].data.u64 == 0) { accept_all(); continue; }
            struct session *s = (struct session *)(uintptr_t)(events[i].data.u64 & ~1ULL);
            int side = events[i].data.u64 & 1;
            if (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) s->way[side].hangs_up = 1;
            if (!s->over && events[i].events & ~(uint32_t)EPOLLOUT) move(s, side);
            if (!s->over && events[i].events & EPOLLOUT && s->way[!side].held) move(s, !side);
        }
        while (ended) {
            struct session *s = ended;
            ended = s->next;
            s->next = unused;
            unused = s;
        }
    }
}
