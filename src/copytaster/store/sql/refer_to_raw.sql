UPDATE messages SET item_z = :item_z WHERE number = :number;
