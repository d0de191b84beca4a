DELETE FROM presets WHERE number = :number;
