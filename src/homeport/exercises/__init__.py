"""What people practise and write between sessions."""
