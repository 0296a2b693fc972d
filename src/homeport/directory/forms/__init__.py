"""What people are asked in this room: visitors what they wish, therapists what they say of themselves."""
