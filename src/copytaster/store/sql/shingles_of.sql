SELECT shingles FROM shingled WHERE message = :message;
