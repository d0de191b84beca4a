UPDATE raw SET sha256 = unhex(:sha256), data_z = :nothing_z WHERE number = :number;
