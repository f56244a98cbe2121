/* The event stream: what is sent follows the WHATWG HTML standard, 9.2.6 (`event:`, `data:`, an empty line; a colon
 * alone is a comment). */
#include "tests/net/server.h"

#include <string.h>
#include <unistd.h>

static int listen_in(const Server *s)
{
    int fd = client_open(s);
    client_send(fd, S("GET /events HTTP/1.1\r\nHost: h\r\n\r\n"));
    return fd;
}

static void wait_for_count(Events *e, int n)
{
    for (int i = 0; i < 150 && events_count(e) != n; i++) usleep(10000);
}

TESTS(test_events)
{
    CASE("what is published reaches the streams of that user, or everybody's, and nobody else's") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        int fd = listen_in(&s);
        wait_for_count(s.events, 1);
        events_publish(s.events, 7, S("import"), S("{\"id\":5}"));
        events_publish(s.events, 8, S("secret"), S("{}"));
        events_publish(s.events, 0, S("facts"), S("[]"));
        Str got = client_read(&t->mem, fd, 300);
        CHECK(str_find(got, S("Content-Type: text/event-stream\r\n")) > 0);
        CHECK(str_find(got, S("event: import\ndata: {\"id\":5}\n\n")) > 0);
        CHECK(str_find(got, S("event: facts\ndata: []\n\n")) > 0);
        CHECK(str_find(got, S("secret")) < 0);
        close(fd);
        server_stop(&s);
    }
    CASE("the beat finds out who has gone") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ .beat_ms = 20 });
        int stays = listen_in(&s), goes = listen_in(&s);
        wait_for_count(s.events, 2);
        EQUAL(events_count(s.events), 2);
        close(goes);
        wait_for_count(s.events, 1);
        EQUAL(events_count(s.events), 1);
        CHECK(str_find(client_read(&t->mem, stays, 10), S("\n:\n\n")) > 0);
        close(stays);
        server_stop(&s);
    }
    CASE("a user has so many streams and one more ends the oldest; signing out ends them all") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ .per_user = 2 });
        int fd[3];
        for (int i = 0; i < 3; i++) {
            fd[i] = listen_in(&s);
            client_read(&t->mem, fd[i], 100);
        }
        EQUAL(events_count(s.events), 2);
        CHECK(str_ends(client_read(&t->mem, fd[0], 500), S("0\r\n\r\n")));
        events_end(s.events, 7, 2);
        EQUAL(events_count(s.events), 2);
        events_end(s.events, 7, 0);
        EQUAL(events_count(s.events), 0);
        for (int i = 0; i < 3; i++) close(fd[i]);
        server_stop(&s);
    }
    CASE("who does not read is dropped and holds up nobody") {
        Server s;
        char   long_line[4000];
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        memset(long_line, 'x', sizeof long_line);
        int fd = listen_in(&s);
        wait_for_count(s.events, 1);
        for (int i = 0; i < 5000 && events_count(s.events); i++)
            events_publish(s.events, 0, S("noise"), (Str){ long_line, sizeof long_line });
        EQUAL(events_count(s.events), 0);
        close(fd);
        server_stop(&s);
    }
}
