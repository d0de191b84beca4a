DELETE FROM calls WHERE number = :number;
