-- Lines of lists by the code of a service.
CREATE INDEX list_line_catalogue ON list_line (catalogue);
