-- Since when somebody says that it is paid; null: nobody does, or the company has answered by a payment, or by looking in vain.
alter table documents add column payment_declared_at timestamptz(3);
update documents set payment_declared_at = said.at
  from (select document_id, max(created_at) as at from responses where kind = 'payment_declared' group by document_id) as said
  where documents.id = said.document_id and documents.paid_on is null and documents.replaced_by is null;
