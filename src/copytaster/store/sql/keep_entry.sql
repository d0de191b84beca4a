UPDATE editions SET entry_z = :entry_z WHERE story = :story AND number = :number;
