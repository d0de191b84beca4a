SELECT number, person, name, asked, shared FROM presets WHERE number = :number;
