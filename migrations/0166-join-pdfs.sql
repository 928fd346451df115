-- Whether the documents of a grouped reminder go as one PDF: those without data and signatures inside, or all; null: each as a file of its own.
alter table reminder_policies add join_pdfs text check (join_pdfs in ('plain', 'all'));
