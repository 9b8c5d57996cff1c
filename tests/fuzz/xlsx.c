/* Lists as .xlsx.  A first byte "z": the rest is a whole file.  Else the rest is the sheet and, behind a NUL, the shared strings,
 * which are packed into a file that is otherwise right: what the reader of XML meets does not have to get past the ZIP. */
#include "sheet.h"
#include <zip.h>

static const char types[] = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
static const char book[] = "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
    "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char rels[] = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
    " Target=\"worksheets/sheet1.xml\"/></Relationships>";

static void
part(zip_t *z, const char *name, const void *bytes, size_t n)
{
    zip_source_t *s = zip_source_buffer(z, bytes, n, 0);
    zip_int64_t at = s ? zip_file_add(z, name, s, ZIP_FL_OVERWRITE) : -1;
    if (at < 0 || zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0) != 0) abort();
}

static void
packed(struct str sheet, struct str strings)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *z = out ? zip_open_from_source(out, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    if (z == NULL) abort();
    zip_source_keep(out);
    part(z, "[Content_Types].xml", types, sizeof types - 1);
    part(z, "xl/workbook.xml", book, sizeof book - 1);
    part(z, "xl/_rels/workbook.xml.rels", rels, sizeof rels - 1);
    part(z, "xl/worksheets/sheet1.xml", sheet.p, sheet.n);
    if (strings.n) part(z, "xl/sharedStrings.xml", strings.p, strings.n);
    if (zip_close(z) != 0 || zip_source_open(out) != 0) abort();
    zip_source_seek(out, 0, SEEK_END);
    size_t n = (size_t)zip_source_tell(out);
    char *file = malloc(n);
    zip_source_seek(out, 0, SEEK_SET);
    if (file == NULL || zip_source_read(out, file, n) != (zip_int64_t)n) abort();
    zip_source_close(out);
    zip_source_free(out);
    zip_error_fini(&error);
    fuzz_sheet_read((struct str){ file, n });
    free(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0) return 0;
    struct str rest = { (const char *)bytes + 1, n - 1 };
    if (bytes[0] == 'z') {
        fuzz_sheet_read(rest);
        return 0;
    }
    struct str sheet = str_cut(&rest, '\0');
    packed(sheet, rest);
    return 0;
}
