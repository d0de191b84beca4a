SELECT id FROM stories WHERE look_again <= :now ORDER BY look_again, number LIMIT :limit;
