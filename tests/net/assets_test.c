/* The files of the browser: caching and encodings as RFC 9110 (12.5.3, 13.1.2) and RFC 8246 (immutable) say. */
#include "net/assets.h"
#include "tests/net/server.h"

TESTS(test_assets)
{
    CASE("the table is sorted, every file is found and nothing else") {
        bool sorted = true, found = true;
        for (int i = 0; i < asset_count; i++) {
            sorted &= i == 0 || str_cmp(str_of(asset_table[i - 1].url), str_of(asset_table[i].url)) < 0;
            found &= asset_find(str_of(asset_table[i].url)) == &asset_table[i];
        }
        CHECK(sorted && found && asset_count > 0);
        CHECK(asset_find(S("/")) == asset_find(S("/index.html")) && asset_find(S("/")));
        CHECK(!asset_find(S("/../index.html")) && !asset_find(S("/index.htm")) && !asset_find(S("")) &&
              !asset_find(S("/zzz")));
    }
    CASE("a file's bytes end where the file ends") {
        const Asset *page = asset_find(S("/"));
        CHECK(str_find((Str){ (const char *)page->bytes, page->bytes_end - page->bytes }, S("</html>")) > 0);
        EQUAL(*page->bytes_end, 0);
    }
    CASE("a browser that has the page gets 304, one that takes gzip gets gzip, and a page may load nothing from"
         " elsewhere") {
        Server s;
        server_start(&s, (HttpConfig){ 0 }, (EventsOptions){ 0 });
        const Asset *page = asset_find(S("/"));
        Str plain = client_ask(t, &s, S("GET /asset HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip;q=0\r\n\r\n"));
        Str zip   = client_ask(t, &s, S("GET /asset HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n"));
        EQUAL(client_body(plain).n, page->bytes_end - page->bytes);
        CHECK(str_find(plain, S("Content-Encoding")) < 0);
        CHECK(str_find(plain, S("Content-Security-Policy: default-src 'self'; ")) > 0 &&
              str_find(plain, S("frame-ancestors 'none'\r\n")) > 0);
        CHECK(str_find(plain, S("Cache-Control: no-cache\r\n")) > 0);
        EQUAL(client_body(zip).n, page->gzip_end - page->gzip);
        CHECK(str_find(zip, S("Content-Encoding: gzip\r\n")) > 0 && str_find(zip, S("Vary: Accept-Encoding\r\n")) > 0);
        Str again = str_fmt(&t->mem, "GET /asset HTTP/1.1\r\nHost: h\r\nIf-None-Match: W/\"other\", \"%s\"\r\n\r\n",
                            page->tag);
        EQUAL(client_status(client_ask(t, &s, again)), 304);
        EQUAL(client_status(client_ask(t, &s, S("GET /asset HTTP/1.1\r\nHost: h\r\nIf-None-Match: \"other\"\r\n\r\n"))),
              200);
        EQUAL(client_status(client_ask(t, &s, S("DELETE /asset HTTP/1.1\r\nHost: h\r\n\r\n"))), 405);
        server_stop(&s);
    }
}
