/* The files of the browser: caching and encodings as RFC 9110 (12.5.3, 13.1.2) and RFC 8246 (immutable) say. */
#include "net/assets.h"
#include "tests/test.h"

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
        CHECK(!asset_find(S("/../index.html")) && !asset_find(S("/index.htm")) && !asset_find(S("")) && !asset_find(S("/zzz")));
    }
    CASE("a file's bytes end where the file ends") {
        const Asset *page = asset_find(S("/"));
        CHECK(str_find((Str){ (const char *)page->bytes, page->bytes_end - page->bytes }, S("</html>")) > 0);
        EQUAL(*page->bytes_end, 0);
    }
}
