"""Who: users, and units with their dated names. Roles and policy arrive with the staff's side."""
