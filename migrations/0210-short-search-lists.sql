-- What is new in an index of texts waits in a list that each search reads from end to end: 4 MB of it, the usual limit, cost 130 to 280 ms a search
-- after a few thousand mails, until the vacuum came. With 128 kB it is 3 to 4 ms; writing 1,000 rows takes about 80 ms more.
alter index document_overview_search set (gin_pending_list_limit = 128);
alter index message_overview_search set (gin_pending_list_limit = 128);
select gin_clean_pending_list('document_overview_search'), gin_clean_pending_list('message_overview_search');
