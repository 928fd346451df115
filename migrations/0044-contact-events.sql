create index events_of_contact on events (company_id, (data->>'contactId'), seq) where type like 'contact.%';
