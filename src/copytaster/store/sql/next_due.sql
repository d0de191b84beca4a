SELECT min(look_again) FROM stories WHERE look_again IS NOT NULL;
